package io.triport.domain.queue;

/** A message that was looked at, as opaque text: useless for another message and another queue. Good for 24 hours. */
public record MessageRef(String text) {
    @Override
    public String toString() {
        return "MessageRef[" + text.length() + " characters]";
    }
}
