package io.triport.identity.workload;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.signer.NewToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A credential that we want.
 *
 * @param subject what our token calls us, as the other side's trust policy expects it
 * @param claims what our token says beside that, none of the claims that every token has
 */
public record WorkloadTarget(String subject, Exchange exchange, SortedMap<String, String> claims) {
    private static final int MOST = 255;

    public WorkloadTarget(String subject, Exchange exchange) {
        this(subject, exchange, new TreeMap<>());
    }

    public WorkloadTarget {
        claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
        if (claims.keySet().stream().anyMatch(NewToken.OURS::contains)) {
            throw new InvalidInput("claims", "none of " + NewToken.OURS);
        }
        if (subject.isEmpty() || subject.length() > MOST || subject.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("subject", "1..255 characters, no control characters");
        }
    }

    /** The same for targets that can share one credential, and for no others: each part with its length before it, hashed. */
    public String key() {
        var parts = new ArrayList<>(
                List.of(exchange.endpoint().toString(), exchange.audience(), subject, exchange.purpose()));
        claims.forEach((name, value) -> parts.addAll(List.of(name, value)));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update((part.length() + ":" + part).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Map<String, ClaimValue> more() {
        var more = new HashMap<String, ClaimValue>();
        claims.forEach((name, value) -> more.put(name, new ClaimValue.Text(value)));
        return more;
    }
}
