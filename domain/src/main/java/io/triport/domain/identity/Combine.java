package io.triport.domain.identity;

/** What a route wants when a request claims several of its mechanisms. */
public enum Combine {
    /** The first in the route's list decides; the others must verify too and name the same subject. */
    AGREE,
    /** The first in the route's list decides; the others are not looked at. */
    FIRST,
    /** Every mechanism of the list must be claimed, verify, and name the same subject. */
    ALL
}
