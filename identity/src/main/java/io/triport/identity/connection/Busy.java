package io.triport.identity.connection;

/** Whether a stop has to wait for a connection: from the first byte of a request to the last of its reply. Confined to its event loop. */
final class Busy {
    private final Drain drain;
    private boolean busy;

    Busy(Drain drain) {
        this.drain = drain;
    }

    void begin() {
        if (!busy) {
            busy = true;
            drain.requestBegun();
        }
    }

    void end() {
        if (busy) {
            busy = false;
            drain.requestEnded();
        }
    }
}
