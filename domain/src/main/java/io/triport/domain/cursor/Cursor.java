package io.triport.domain.cursor;

/** Where a listing goes on, as opaque text. What it holds is judged when it is opened, by {@link CursorSeal}. */
public record Cursor(String text) {
    @Override
    public String toString() {
        return "Cursor[" + text.length() + " characters]";
    }
}
