package io.triport.identity.jwt;

import io.triport.domain.identity.Reason;
import io.triport.domain.request.Fetch;
import java.util.List;

/** What a request shows of tokens, before any of it is believed. */
sealed interface ShownToken {
    record None() implements ShownToken {}

    record One(String token, TokenPlace place) implements ShownToken {}

    /** Refused whatever it says. */
    record Unusable(Reason reason) implements ShownToken {}

    static ShownToken in(Fetch request, List<TokenPlace> places) {
        ShownToken shown = new None();
        for (var place : places) {
            var tokens = place.tokens(request);
            if (tokens.size() > 1 || (!tokens.isEmpty() && !(shown instanceof None))) {
                return new Unusable(Reason.AMBIGUOUS_CREDENTIALS);
            }
            if (!tokens.isEmpty()) {
                shown = place instanceof TokenPlace.Query && !TokenPlace.Query.upgrading(request)
                        ? new Unusable(Reason.CREDENTIAL_MISPLACED)
                        : new One(tokens.getFirst(), place);
            }
        }
        return shown;
    }
}
