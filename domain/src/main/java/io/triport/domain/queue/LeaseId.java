package io.triport.domain.queue;

/** A lease as opaque text: useless for another message, another delivery, another queue. Good for 24 hours. */
public record LeaseId(String text) {
    @Override
    public String toString() {
        return "LeaseId[" + text.length() + " characters]";
    }
}
