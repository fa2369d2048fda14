package io.triport.domain.table;

import io.triport.domain.identity.PrincipalId;
import io.triport.domain.request.InvalidInput;

/**
 * What a job is to do, and for whom. Never changes.
 *
 * @param operation such as {@code bulk_delete}: 1 to 64 small letters, digits and underscores
 * @param namespace an id, or empty for a job of no one namespace
 * @param owner {@link PrincipalId#unique} of who asked for it
 * @param user what people call the owner, 1 to 320 characters
 * @param parameters a JSON object of the operation's own
 */
public record JobOrder(JobId id, String operation, String namespace, String owner, String user, JsonText parameters) {
    private static final int LONGEST_USER = 320;

    /** @throws InvalidInput outside the bounds */
    public JobOrder {
        if (!operation.matches("[a-z0-9_]{1,64}")) {
            throw new InvalidInput("operation", "1..64 small letters, digits and underscores");
        }
        if (user.isEmpty() || user.length() > LONGEST_USER) {
            throw new InvalidInput("user", "1..320 characters");
        }
    }
}
