package io.triport.identity.workload;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Sha256;
import io.triport.identity.signer.NewToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
        return Sha256.ofParts(parts.stream().map(Bytes::utf8).toArray(Bytes[]::new))
                .toHex();
    }

    Map<String, ClaimValue> more() {
        var more = new HashMap<String, ClaimValue>();
        claims.forEach((name, value) -> more.put(name, new ClaimValue.Text(value)));
        return more;
    }
}
