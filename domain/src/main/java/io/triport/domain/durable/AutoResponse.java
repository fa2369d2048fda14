package io.triport.domain.durable;

import io.triport.domain.request.InvalidInput;

/** What is answered to a text without waking the object. Each at most 2,048 characters. */
public record AutoResponse(String request, String response) {
    private static final int MOST = 2_048;

    /** @throws InvalidInput above 2,048 characters */
    public AutoResponse {
        if (request.length() > MOST || response.length() > MOST) {
            throw new InvalidInput("automatic response", "0.." + MOST + " characters each");
        }
    }
}
