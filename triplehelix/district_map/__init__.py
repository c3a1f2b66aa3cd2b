"""The district map: organisations and ties by 시군구, drawn on the boundaries of Korea."""
