package io.triport.identity.oidc;

import io.triport.domain.identity.ClaimValue;
import io.triport.identity.jose.StrictJson;
import java.util.Map;
import java.util.Optional;

/** What a provider gave for a code or a refresh token. */
sealed interface TokenReply {
    StrictJson JSON = new StrictJson(16, 256);

    /** @param refreshToken empty when there is none. No text form shows a token */
    record Tokens(String idToken, String accessToken, String refreshToken) implements TokenReply {
        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /** It does not give any. */
    record Refused() implements TokenReply {}

    /** It does not answer as it should. */
    record Away() implements TokenReply {}

    static TokenReply read(Optional<TokenEndpoint.Reply> reply) {
        if (reply.isEmpty()) {
            return new Away();
        }
        var status = reply.get().status();
        if (status >= 400 && status < 500) {
            return new Refused();
        }
        return status == 200
                ? JSON.read(reply.get().body())
                        .map(members -> (TokenReply) new Tokens(
                                text(members.members(), "id_token"),
                                text(members.members(), "access_token"),
                                text(members.members(), "refresh_token")))
                        .orElse(new Away())
                : new Away();
    }

    private static String text(Map<String, ClaimValue> members, String name) {
        return members.get(name) instanceof ClaimValue.Text(var text) ? text : "";
    }
}
