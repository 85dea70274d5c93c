"""Starting and serving: JupyterLab, its settings and the start-up file of its kernels."""
