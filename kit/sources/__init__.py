"""From a file to an article: text, Markdown, web pages, PDF, word processors' files, mail."""
