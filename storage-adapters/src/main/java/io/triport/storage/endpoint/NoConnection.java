package io.triport.storage.endpoint;

import java.io.IOException;
import java.io.Serial;

/** None was had, so that nothing was sent. */
final class NoConnection extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    NoConnection(String message) {
        super(message);
    }

    NoConnection(Throwable cause) {
        super("no connection", cause);
    }
}
