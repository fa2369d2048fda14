package io.triport.domain.inference;

import io.triport.domain.table.JsonText;

/** What a model has said so far, for {@link Records}: text, and calls of tools, each up to a length. Safe for many threads. */
final class Said {
    private static final int MOST = 500_000;

    // Guarded by this.
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder calls = new StringBuilder();

    synchronized void add(StreamEvent.Text piece) {
        add(text, piece.text());
    }

    /** Arrays in an array: parts of a call are for their reader to put together. */
    synchronized void add(StreamEvent.ToolCalls piece) {
        add(calls, (calls.isEmpty() ? "" : ",") + piece.calls().text());
    }

    synchronized InferenceOutput whole(String reason) {
        var called = calls.isEmpty() ? JsonText.NONE : new JsonText("[" + calls + "]");
        return new InferenceOutput.Generated(text.toString(), called, reason);
    }

    private static void add(StringBuilder to, String piece) {
        if (to.length() + piece.length() <= MOST) {
            to.append(piece);
        }
    }
}
