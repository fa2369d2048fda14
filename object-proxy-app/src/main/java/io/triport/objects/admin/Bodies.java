package io.triport.objects.admin;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.objects.stored.Document;

/** Reads what requests bring. */
final class Bodies {
    private Bodies() {}

    /** @throws AdminRefused where it is not one object of JSON */
    static Document read(Bytes body) {
        try {
            return Document.parse("request", body.toUtf8());
        } catch (ConfigError e) {
            throw AdminProblem.BAD_REQUEST.refused(String.valueOf(e.getMessage()));
        } catch (InvalidInput e) {
            throw AdminProblem.BAD_REQUEST.refused("request: not UTF-8 (expected: JSON)");
        }
    }
}
