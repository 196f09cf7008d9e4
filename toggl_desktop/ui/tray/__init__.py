"""The tray icon: keeper, drawing and menu."""
