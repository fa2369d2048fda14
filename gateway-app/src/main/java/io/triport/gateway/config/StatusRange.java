package io.triport.gateway.config;

/** Statuses of answers, both ends included. */
public record StatusRange(int least, int most) {
    public StatusRange {
        if (least > most) {
            throw new IllegalArgumentException("statuses: " + least + "-" + most + " (expected: the smaller first)");
        }
    }

    public boolean contains(int status) {
        return status >= least && status <= most;
    }
}
