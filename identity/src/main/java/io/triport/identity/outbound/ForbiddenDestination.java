package io.triport.identity.outbound;

import java.io.IOException;

/** A name leads to an address to which we do not connect. */
public final class ForbiddenDestination extends IOException {
    private static final long serialVersionUID = 1;

    ForbiddenDestination() {
        super("the name leads to an address that is not public");
    }
}
