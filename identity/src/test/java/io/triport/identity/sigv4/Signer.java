package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Signs requests as a client does. */
record Signer(String id, String secret, String date, String region, String service) {
    static final Signer S3 = new Signer(TestKeys.ID, TestKeys.SECRET, "20260101T000000Z", "us-east-1", "s3");

    static SentRequest unsigned(String method, String target) {
        return new SentRequest(method, target, List.of(), Bytes.EMPTY).with("host", "s3.example");
    }

    Signer at(String other) {
        return new Signer(id, secret, other, region, service);
    }

    Signer in(String other) {
        return new Signer(id, secret, date, other, service);
    }

    Signer as(String otherId, String otherSecret) {
        return new Signer(otherId, otherSecret, date, region, service);
    }

    Signer to(String other) {
        return new Signer(id, secret, date, region, other);
    }

    SentRequest unsignedPayload(SentRequest request) {
        return sign(request.with("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
    }

    /** Signs every header that is there. */
    SentRequest sign(SentRequest request) {
        var dated = request.with("x-amz-date", date);
        var names = List.copyOf(new TreeSet<>(
                dated.fields().stream().map(field -> field.getKey()).toList()));
        return sign(dated, names);
    }

    SentRequest sign(SentRequest request, List<String> names) {
        var payload = request.has("x-amz-content-sha256")
                ? request.field("x-amz-content-sha256")
                : Sha256.hex(request.body().toByteArray());
        var hash = CanonicalRequest.of(request.fetch(), Normalisation.NONE, names, payload, Set.of())
                .hash();
        return request.with(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + id + "/" + scope().text() + ", SignedHeaders="
                        + String.join(";", names) + ", Signature=" + signature(hash));
    }

    /** As a URL that anyone may use for so many seconds. */
    SentRequest presign(SentRequest request, long seconds) {
        var names = List.copyOf(new TreeSet<>(
                request.fields().stream().map(field -> field.getKey()).toList()));
        var target = request.target() + (request.target().contains("?") ? "&" : "?")
                + "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + id + "%2F"
                + scope().text().replace("/", "%2F") + "&X-Amz-Date=" + date + "&X-Amz-Expires=" + seconds
                + "&X-Amz-SignedHeaders=" + String.join("%3B", names);
        var hash = CanonicalRequest.of(
                        request.to(target).fetch(), Normalisation.NONE, names, "UNSIGNED-PAYLOAD", Set.of())
                .hash();
        return request.to(target + "&X-Amz-Signature=" + signature(hash));
    }

    SigningKey key() {
        return SigningKey.of(Secret.of(secret), scope());
    }

    CredentialScope scope() {
        return new CredentialScope(date.substring(0, 8), region, service);
    }

    CredentialScope.Named credential() {
        return new CredentialScope.Named(new AccessKeyId(id), scope());
    }

    private String signature(String requestHash) {
        return key().sign(String.join("\n", "AWS4-HMAC-SHA256", date, scope().text(), requestHash));
    }

    static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
