package io.triport.domain.table;

/** Where a job stands. */
public enum JobStatus {
    QUEUED("queued"),
    RUNNING("running"),
    COMPLETED("completed"),
    FAILED("failed"),
    CANCELLED("cancelled");

    private final String text;

    JobStatus(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether it stands there for ever. */
    public boolean terminal() {
        return this != QUEUED && this != RUNNING;
    }
}
