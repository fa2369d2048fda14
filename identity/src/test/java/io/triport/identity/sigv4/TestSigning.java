package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/** Keys and signed requests for tests of other packages. */
public final class TestSigning {
    private TestSigning() {}

    /** A key that opens everything. */
    public static AccessKey key(String id, Set<RoleId> mayAssume, Subject holder, Instant expiresAt) {
        return new AccessKey(
                new AccessKeyId(id),
                Secret.of("a-secret-of-" + id),
                holder,
                TestKeys.EVERYTHING,
                mayAssume,
                false,
                true,
                expiresAt);
    }

    /** @param token empty for none */
    public static Fetch get(String target, AccessKeyId id, Secret secret, String token, Instant now) {
        var request = Signer.unsigned("GET", target);
        return new Signer(
                        id.text(),
                        secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8)),
                        new AmzTime(now).text(),
                        "us-east-1",
                        "s3")
                .unsignedPayload(token.isEmpty() ? request : request.with("x-amz-security-token", token))
                .fetch();
    }
}
