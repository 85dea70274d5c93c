// How the widgets' scripts are written. Names that are nowhere are the type checker's to find: see tsconfig.json.

import js from "@eslint/js";

export default [
  js.configs.recommended,
  {
    files: ["**/*.js"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off",
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "eqeqeq": "error",
      "no-shadow": ["error", { builtinGlobals: false }],
      "no-implied-eval": "error",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
          property, message: "Text reaches the page by textContent only.",
        })),
      ],
    },
  },
];
