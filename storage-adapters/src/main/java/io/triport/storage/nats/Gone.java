package io.triport.storage.nats;

/** An entry is not in the stream any more: others have removed it, so what was known of it is old. */
final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;

    Gone(long entry) {
        super("entry " + entry, null, false, false);
    }
}
