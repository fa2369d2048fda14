package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;

/** Names a job: 1 to 128 letters, digits, dashes and underscores. */
public record JobId(String text) {
    /** @throws InvalidInput for any other text */
    public JobId {
        if (!text.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new InvalidInput("job", "1..128 letters, digits, dashes and underscores");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
