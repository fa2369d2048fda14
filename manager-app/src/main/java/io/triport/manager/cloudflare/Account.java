package io.triport.manager.cloudflare;

import io.triport.domain.request.InvalidInput;
import io.triport.manager.answer.Problem;

/** The one account that the API shows. @param id 32 lower-case hexadecimal digits */
public record Account(String id) {
    static final String NAME = "Triport";

    public Account {
        if (!id.matches("[0-9a-f]{32}")) {
            throw new InvalidInput("account-id", "32 lower-case hexadecimal digits");
        }
    }

    /** @throws io.triport.manager.answer.Refused FORBIDDEN for another one */
    public void require(String other) {
        if (!id.equals(other)) {
            throw Problem.FORBIDDEN.refused("Authentication error");
        }
    }
}
