"""Attribution: who says what."""
