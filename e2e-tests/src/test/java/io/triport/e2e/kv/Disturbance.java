package io.triport.e2e.kv;

/** What happens to one node of several. */
enum Disturbance {
    /** Its connections to a server are cut once. */
    CUT,
    /** It has no way to a server for a while. */
    AWAY,
    /** What a server answers is lost for a while. */
    DEAF,
    /** It stands still for a while, and does not know of it. */
    STILL,
    /** It dies, and comes back. */
    KILLED
}
