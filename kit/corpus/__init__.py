"""The kit over an archive: very many articles, batch by batch, into tables that other programs read."""
