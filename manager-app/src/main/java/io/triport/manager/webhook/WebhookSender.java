package io.triport.manager.webhook;

import io.triport.domain.request.Bytes;
import io.triport.identity.outbound.Posting;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and sends (manager API, section 7). Safe for many threads. */
final class WebhookSender {
    private static final String ALGORITHM = "HmacSHA256";

    private final Posting posting;

    WebhookSender(Posting posting) {
        this.posting = posting;
    }

    Posting.Outcome send(Webhook webhook, String event, String delivery, String text) {
        var body = Bytes.utf8(text);
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Triport-Manager");
        headers.put("X-Webhook-Event", event);
        headers.put("X-Webhook-Delivery", delivery);
        if (!webhook.secret().isEmpty()) {
            headers.put("X-Webhook-Signature", "sha256=" + signature(webhook.secret(), body));
        }
        return posting.post(webhook.url(), headers, body);
    }

    private static String signature(String secret, Bytes body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Bytes.copyOf(mac.doFinal(body.toByteArray())).toHex();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
