package io.triport.identity.workload;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.WorkloadCredential;
import io.triport.identity.signer.JsonText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** One token exchange, and the access token of an account if one is named. */
record GoogleExchange(Exchange.Google settings, StsClient client) {
    private static final String PLATFORM = "https://www.googleapis.com/auth/cloud-platform";
    private static final String TOKEN_TYPE = "urn:ietf:params:oauth:token-type:";
    private static final int OK = 200;
    private static final Duration LONGEST = Duration.ofHours(12);

    WorkloadCredential with(String token) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("audience", settings.audience());
        // The token of the account has the scopes; to ask for it takes this one.
        form.put("scope", settings.impersonates() ? PLATFORM : String.join(" ", settings.scopes()));
        form.put("requested_token_type", TOKEN_TYPE + "access_token");
        form.put("subject_token_type", TOKEN_TYPE + "jwt");
        form.put("subject_token", token);
        var json = json(client.postForm(settings.endpoint(), form));
        if (!json.text("token_type").equalsIgnoreCase("Bearer")) {
            throw new ExchangeFailed("an answer of another token type");
        }
        var access = json.text("access_token");
        if (settings.impersonates()) {
            return impersonated(access);
        }
        return bearer(access, client.clock().instant().plus(seconds(json.text("expires_in"))));
    }

    private WorkloadCredential impersonated(String access) {
        var members = new LinkedHashMap<String, ClaimValue>();
        List<ClaimValue> scopes =
                settings.scopes().stream().<ClaimValue>map(ClaimValue.Text::new).toList();
        members.put("scope", new ClaimValue.Listing(scopes));
        members.put("lifetime", new ClaimValue.Text(settings.life().toSeconds() + "s"));
        var request = JsonText.of(new ClaimValue.Members(members));
        var json = json(client.postJson(settings.impersonation(), access, request));
        try {
            return bearer(json.text("accessToken"), Instant.parse(json.text("expireTime")));
        } catch (DateTimeException e) {
            throw new ExchangeFailed("an answer whose end is no time");
        }
    }

    private WorkloadCredential bearer(String token, Instant expiresAt) {
        if (!expiresAt.isAfter(client.clock().instant())) {
            throw new ExchangeFailed("an answer that has ended");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new ExchangeFailed("an answer whose token is no token");
        }
        return new WorkloadCredential.Bearer(Secret.of(token), expiresAt);
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,6}") || Long.parseLong(text) > LONGEST.toSeconds()) {
            throw new ExchangeFailed("an answer whose life is no number of seconds");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static StsJson json(StsClient.Answer answer) {
        if (answer.status() != OK) {
            throw new ExchangeFailed("status " + answer.status());
        }
        return StsJson.parse(answer.body());
    }
}
