"""What stands on slides, new (`pptx`) and old (`old_slides`): their lines, sizes of type, media, and the films inside."""
