package io.triport.objects.config;

import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketName;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.workload.Exchange;
import io.triport.identity.workload.WorkloadTarget;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads who we are at the endpoint of a bucket.
 *
 * @param federation null where there is no provider of ours
 */
record BackendSigner(ProviderReader.Form form, @Nullable Federation federation, List<String> warnings) {
    private static final int LONGEST_SESSION_NAME = 64;
    private static final int SHORTEST_SESSION_NAME = 2;
    private static final List<String> OF_PROVIDER = List.of(
            "oidc_role_arn", "oidc_subject", "oidc_audience", "oidc_claims", "sts_endpoint", "session_duration_secs");
    private static final Value<URI> STS_ENDPOINT = new Value<>("an https URL, or http to loopback", URI::create);
    private static final Value<String> CLAIM = new Value<>("text", text -> text);

    Backend.Signer read(Section options, BucketName name, String region) {
        var unsigned = options.value("skip_signature", Value.SWITCH, "false", "Whether requests go unsigned.");
        var type = options.value(
                "auth_type",
                Value.matching("static|oidc", "static or oidc"),
                "static",
                "Where the credentials come from: written here, or exchanged for a token of ours.");
        if (type.equals("oidc")) {
            if (unsigned) {
                throw options.error("skip_signature", "true", "false beside auth_type: oidc");
            }
            return exchanged(options, name, region);
        }
        for (var other : OF_PROVIDER) {
            if (options.has(other)) {
                throw options.error(other, "given", "only beside auth_type: oidc");
            }
        }
        return unsigned ? new Backend.Signer.Nobody() : written(options, name);
    }

    private Backend.Signer exchanged(Section options, BucketName name, String region) {
        if (federation == null) {
            throw options.error("auth_type", "oidc", "OIDC_PROVIDER_KEY and OIDC_PROVIDER_ISSUER, or oidc_provider");
        }
        var role = options.optional("oidc_role_arn", Value.TEXT, "The role that is taken on there.")
                .orElseThrow(() -> options.error("oidc_role_arn", "missing", "arn:aws:iam::<account>:role/<name>"));
        var subject = options.value("oidc_subject", Value.TEXT, "s3-proxy", "What our token calls us.");
        var audience = options.value("oidc_audience", Value.TEXT, "sts.amazonaws.com", "Whom our token is for.");
        var endpoint = options.value(
                "sts_endpoint", STS_ENDPOINT, "https://sts." + region + ".amazonaws.com", "Who takes our token.");
        var life = options.value(
                "session_duration_secs", Value.integer(900, 43_200), "3600", "How long a credential shall hold.");
        var claims = new TreeMap<String, String>();
        var more = options.section("oidc_claims");
        for (var claim : more.names()) {
            more.optional(claim, CLAIM, "What our token says beside.").ifPresent(text -> claims.put(claim, text));
        }
        try {
            var exchange = new Exchange.Aws(endpoint, audience, role, session(subject), Duration.ofSeconds(life), "");
            return federation.signer(name.text(), new WorkloadTarget(subject, exchange, claims));
        } catch (InvalidInput e) {
            throw options.error(key(e.field()), "(this value)", e.expectation());
        }
    }

    private static String key(String field) {
        return switch (field) {
            case "role" -> "oidc_role_arn";
            case "endpoint" -> "sts_endpoint";
            case "claims" -> "oidc_claims";
            default -> "oidc_subject";
        };
    }

    /** What the other side's records call us: the subject in the letters that it takes. */
    static String session(String subject) {
        var plain = subject.replaceAll("[^A-Za-z0-9_+=,.@-]", "_");
        var filled = plain + "_".repeat(Math.max(0, SHORTEST_SESSION_NAME - plain.length()));
        return filled.substring(0, Math.min(filled.length(), LONGEST_SESSION_NAME));
    }

    private Backend.Signer written(Section options, BucketName name) {
        var id = options.optional("access_key_id", Value.TEXT, "The key by which we are known there.")
                .filter(text -> !text.isEmpty());
        if (id.isEmpty()) {
            warnings.add("bucket " + name + " has no access_key_id: its requests go unsigned");
            return new Backend.Signer.Nobody();
        }
        var secret = CredentialReader.secret(options, form, "secret_access_key", "Its secret.");
        var token = options.has("session_token")
                ? Optional.of(CredentialReader.secret(options, form, "session_token", "Its session token."))
                : Optional.<Secret>empty();
        return new Backend.Signer.Key(id.get(), secret, token.orElse(Secret.of("")));
    }
}
