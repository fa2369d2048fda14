package io.triport.manager.job;

/** Somebody else has changed the job meanwhile; nothing of the batch is written. */
final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Superseded() {
        super("job: changed meanwhile", null, false, false);
    }
}
