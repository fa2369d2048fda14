package io.triport.e2e.kv;

/** What happens to one node of several. */
enum Disturbance {
    /** Its connections to the database are cut once. */
    CUT,
    /** It has no way to the database for a while. */
    AWAY,
    /** What the database answers is lost for a while. */
    DEAF,
    /** It stands still for a while, and does not know of it. */
    STILL,
    /** It dies, and comes back. */
    KILLED
}
