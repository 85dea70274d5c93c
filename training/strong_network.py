"""The strong reader's network in PyTorch: a small pretrained encoder (MiniLM-L6: Wang et al. 2020) with three heads.

`tag`   for each token, by one linear layer: begin and inside of cue, source and content
`marks` for each token, by one more for each task: log-odds of speculation; weasel; loaded word and loaded name
`links` from a likely cue, its anchor, at the tokens around it: which are the source and the content of this cue; two
        small transformer layers whose scores go through a linear-chain CRF
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kit.analysis.attribution.first_look import LABELS
from kit.analysis.strong.windows import LINK_LEFT, LINK_RIGHT, LINK_WIDTH

WIDTH, HEADS, INNER, LAYERS, VOCABULARY, PLACES = 384, 12, 1536, 6, 30522, 512  # as MiniLM-L6 was made
LINK_HEADS, LINK_LAYERS = 4, 2
NEAR = 2  # the layer before which case and quotation marks are added
# Each task has a head of its own: an optimizer with momentum would go on moving weights that a batch does not touch.
MARKS = {
    "speculation": [-3.5],
    "weasel": [-4.5],
    "loaded": [-3.5, -4.0],
}  # their first log-odds: most tokens are nothing
NEVER = -1e4  # log-odds
FAR_SENTENCE, FAR_PARAGRAPH, KINDS = 3, 2, 8
CONTINUED = (2, 4, 6)  # the labels that go on where another began


class Layer(nn.Module):
    """A transformer layer."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.heads = heads
        self.attend, self.attended = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widen, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_attended, self.norm = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x [batch, length, width]; mask [batch, length]: what may be looked at, None: all."""
        batch, length, width = x.shape
        split = self.attend(x).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        mask = None if mask is None else mask[:, None, None, :]
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = self.norm_attended(x + self.dropout(self.attended(seen.transpose(1, 2).reshape(batch, length, width))))
        return self.norm(x + self.dropout(self.narrow(functional.gelu(self.widen(x)))))


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, link_width: int = 128) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.segment, self.norm = nn.Parameter(torch.zeros(WIDTH)), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER) for _ in range(LAYERS))
        self.case, self.quote = nn.Embedding(6, WIDTH), nn.Embedding(4, WIDTH)
        self.tag = nn.Linear(WIDTH, len(LABELS))
        self.marks = nn.ModuleDict({task: nn.Linear(WIDTH, len(odds)) for task, odds in MARKS.items()})
        self.there, self.anchor = nn.Linear(WIDTH, link_width), nn.Linear(WIDTH, link_width)
        self.there_too, self.anchor_too = nn.Linear(WIDTH, link_width), nn.Linear(WIDTH, link_width)
        self.mix = nn.Linear(link_width, link_width)
        self.distance = nn.Embedding(LINK_WIDTH, link_width)
        self.sentences = nn.Embedding((2 * FAR_SENTENCE + 1) * KINDS, link_width)
        self.paragraphs = nn.Embedding(2 * FAR_PARAGRAPH + 1, link_width)
        self.norm_link = nn.LayerNorm(link_width)
        self.link_layers = nn.ModuleList(Layer(link_width, LINK_HEADS, 2 * link_width) for _ in range(LINK_LAYERS))
        self.link = nn.Linear(link_width, len(LABELS))
        self.moves = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.dropout = nn.Dropout(0.1)
        for added in (self.case, self.quote, self.sentences, self.paragraphs):
            nn.init.zeros_(added.weight)
        nn.init.normal_(self.distance.weight, std=0.3)
        with torch.no_grad():
            self.tag.bias.copy_(torch.tensor([0.0] + [-1.5] * (len(LABELS) - 1)))
            for task, odds in MARKS.items():
                self.marks[task].bias.copy_(torch.tensor(odds))
        forbidden = torch.zeros(len(LABELS), len(LABELS))
        for label in CONTINUED:
            forbidden[[i for i in range(len(LABELS)) if i not in (label, label - 1)], label] = NEVER
        self.register_buffer("forbidden", forbidden, persistent=False)

    def start_from(self, path: Path) -> Network:
        """Take the encoder's weights from a BERT model in safetensors."""
        stored = {name.removeprefix("bert."): weight for name, weight in load_file(path).items()}

        def take(module: nn.Module, name: str) -> None:
            for kind, weight in module.named_parameters():
                weight.data.copy_(stored[f"{name}.{kind}"])

        take(self.word, "embeddings.word_embeddings")
        take(self.place, "embeddings.position_embeddings")
        take(self.norm, "embeddings.LayerNorm")
        self.segment.data.copy_(stored["embeddings.token_type_embeddings.weight"][0])
        for number, layer in enumerate(self.layers):
            name = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = [stored[f"{name}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.attend, kind).data.copy_(torch.cat(parts))
            take(layer.attended, f"{name}.attention.output.dense")
            take(layer.norm_attended, f"{name}.attention.output.LayerNorm")
            take(layer.widen, f"{name}.intermediate.dense")
            take(layer.narrow, f"{name}.output.dense")
            take(layer.norm, f"{name}.output.LayerNorm")
        return self

    def encode(self, ids: Tensor, case: Tensor, quote: Tensor, first: Tensor) -> Tensor:
        """Subwords [batch, length] to tokens [batch, tokens, width]: each token is its first subword's vector."""
        mask = (ids != 0) if len(ids) > 1 else None  # a lone window is not filled up
        x = self.norm(self.word(ids) + self.place.weight[: ids.shape[1]] + self.segment)
        for number, layer in enumerate(self.layers):
            if number == NEAR:
                x = x + self.case(case) + self.quote(quote)
            x = layer(self.dropout(x) if number == NEAR else x, mask)
        return x.gather(1, first[..., None].expand(-1, -1, WIDTH))

    def links(
        self, tokens: Tensor, sizes: Tensor, places: tuple[Tensor, Tensor, Tensor], row: Tensor, at: Tensor
    ) -> Tensor:
        """Scores [anchors, LINK_WIDTH, labels] of what the tokens around each anchor are to it.

        ``places``: sentence, paragraph and kind of each token; anchor n is token ``at[n]`` of the window ``row[n]``;
        ``sizes``: how many tokens each window has. What lies outside the window is nothing, for certain.
        """
        around = at[:, None] + torch.arange(-LINK_LEFT, LINK_RIGHT + 1)
        inside = (around >= 0) & (around < sizes[row][:, None])
        around = around.clamp(min=0).minimum(sizes[row][:, None] - 1)
        rows = row[:, None]
        sentence, paragraph, kind = places
        sentences = (sentence[rows, around] - sentence[row, at][:, None]).clamp(-FAR_SENTENCE, FAR_SENTENCE)
        paragraphs = (paragraph[rows, around] - paragraph[row, at][:, None]).clamp(-FAR_PARAGRAPH, FAR_PARAGRAPH)
        anchor = tokens[row, at]
        both = self.there_too(tokens)[rows, around] * self.anchor_too(anchor)[:, None]
        x = self.there(tokens)[rows, around] + self.anchor(anchor)[:, None] + self.mix(both) + self.distance.weight
        x = x + self.sentences((sentences + FAR_SENTENCE) * KINDS + kind[rows, around])
        x = self.norm_link(self.dropout(x + self.paragraphs(paragraphs + FAR_PARAGRAPH)))
        for layer in self.link_layers:
            x = layer(x, inside)
        nothing = torch.tensor([0.0] + [NEVER] * (len(LABELS) - 1))
        return torch.where(inside[..., None], self.link(x), nothing)

    def unlikelihood(self, scores: Tensor, labels: Tensor) -> Tensor:
        """By how much (log-odds) the CRF finds the right labels [anchors, LINK_WIDTH] less likely than all together."""
        moves = self.moves + self.forbidden
        right = scores.gather(2, labels[..., None]).squeeze(-1).sum(1) + moves[labels[:, :-1], labels[:, 1:]].sum(1)
        never_first = torch.tensor([NEVER if label in CONTINUED else 0.0 for label in range(len(LABELS))])
        total = scores[:, 0] + never_first
        for place in range(1, scores.shape[1]):
            total = torch.logsumexp(total[:, :, None] + moves, 1) + scores[:, place]
        return torch.logsumexp(total, 1) - right


def groups(network: Network, head_rate: float, rate: float) -> list[dict]:
    """The parameters that learn, with their rates. The embeddings of words and places stay as they are."""
    chosen: dict[float, list[nn.Parameter]] = {rate: [], head_rate: [], 5 * head_rate: []}
    for name, weight in network.named_parameters():
        if name.startswith(("word.", "place.", "segment", "norm.")):
            weight.requires_grad = False
        elif name.startswith("layers."):
            chosen[rate].append(weight)
        elif name.startswith(("sentences.", "paragraphs.", "moves")):
            chosen[5 * head_rate].append(weight)
        else:
            chosen[head_rate].append(weight)
    return [{"params": weights, "base": base, "lr": base} for base, weights in chosen.items()]
