package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;

/** Which rows of a result: so many of them, behind so many others. @param limit 1..1000 @param offset 0 or more */
public record Paging(int limit, long offset) {
    /** The longest page. */
    public static final int MOST = 1_000;

    /** @throws InvalidInput outside the bounds */
    public Paging {
        if (limit < 1 || limit > MOST) {
            throw new InvalidInput("limit", "1..1000");
        }
        if (offset < 0) {
            throw new InvalidInput("offset", "0 or more");
        }
    }

    public static Paging first(int limit) {
        return new Paging(limit, 0);
    }
}
