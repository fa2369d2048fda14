package io.triport.identity.limit;

/**
 * With whom a step counts shared limits.
 *
 * @param reached whether their store can be asked
 * @param nodes that take part, as last known; 1 or more
 */
record Company(boolean reached, int nodes) {
    static final Company NONE = new Company(false, 1);
}
