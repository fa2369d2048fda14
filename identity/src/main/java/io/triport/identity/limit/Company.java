package io.triport.identity.limit;

/**
 * With whom a step counts shared limits.
 *
 * @param nodes that take part, as last known; 1 or more
 */
record Company(Store store, int nodes) {
    static final Company NONE = new Company(Store.AWAY, 1);

    /** What can be had of the shared limits' store. */
    enum Store {
        ANSWERS,
        /** Not in the time that a request waits, but it was heard of lately. */
        LATE,
        AWAY
    }

    boolean sole() {
        return nodes == 1;
    }

    Company late() {
        return new Company(Store.LATE, nodes);
    }

    Company away() {
        return new Company(Store.AWAY, nodes);
    }
}
