package io.triport.e2e.kv;

/**
 * What came of a request.
 *
 * @param body empty unless it is done
 */
record ClusterAnswer(Told told, String body) {
    private static final int OK = 200;
    /** A request that a node finds after it stood still is too old for it. */
    private static final int UNAUTHORIZED = 401;

    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    enum Told {
        DONE,
        /** Nothing happened. */
        REFUSED,
        /** It may have happened, or may still. */
        UNKNOWN
    }

    static final ClusterAnswer NONE = new ClusterAnswer(Told.UNKNOWN, "");

    static ClusterAnswer of(WireClient.Answer answer) {
        return switch (answer.status()) {
            case OK -> new ClusterAnswer(Told.DONE, answer.body());
            case UNAVAILABLE, UNAUTHORIZED -> new ClusterAnswer(Told.REFUSED, "");
            case GATEWAY_TIMEOUT -> NONE;
            default -> throw new AssertionError(answer.status() + " " + answer.body());
        };
    }

    boolean done() {
        return told == Told.DONE;
    }
}
