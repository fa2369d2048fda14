package io.triport.identity.jose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one issuer at one moment. Immutable. */
public final class KeySet {
    private static final int MOST_TRIED = 4;
    private static final int LONGEST_KID_BYTES = 256;

    private final List<JwsKey> keys;
    private final List<JwsKey> nameless;
    private final Map<String, List<JwsKey>> byKid;

    /** @throws IllegalArgumentException when it could not be told which of two keys of one id made a signature */
    public KeySet(List<JwsKey> keys) {
        this.keys = List.copyOf(keys);
        this.nameless = keys.stream().filter(key -> key.kid().isEmpty()).toList();
        var named = new HashMap<String, List<JwsKey>>();
        for (var key : keys) {
            key.kid()
                    .ifPresent(kid -> named.computeIfAbsent(kid, absent -> new ArrayList<>())
                            .add(key));
        }
        named.values().forEach(KeySet::demandDistinct);
        this.byKid = Map.copyOf(named);
    }

    private static void demandDistinct(List<JwsKey> alike) {
        for (var algorithm : JwsAlgorithm.values()) {
            if (alike.stream().filter(key -> key.fits(algorithm)).count() > 1) {
                throw new IllegalArgumentException("keys: two of one id for " + algorithm + " (expected: one)");
            }
        }
    }

    /** Whether an id is short enough to be one; no other is looked for. */
    public static boolean plausible(String kid) {
        return kid.length() <= LONGEST_KID_BYTES && kid.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KID_BYTES;
    }

    /**
     * The keys to try: those of the id that fit, or without an id those that fit when they are few. None when there is none, or
     * without an id more than four.
     */
    public List<JwsKey> find(Optional<String> kid, JwsAlgorithm algorithm) {
        return kid.isPresent()
                ? fitting(byKid.getOrDefault(kid.get(), List.of()), algorithm)
                : few(fitting(keys, algorithm));
    }

    List<JwsKey> nameless(JwsAlgorithm algorithm) {
        return few(fitting(nameless, algorithm));
    }

    /** Whether there is a key of the id, whatever it is for. */
    public boolean knows(String kid) {
        return byKid.containsKey(kid);
    }

    public int size() {
        return keys.size();
    }

    private static List<JwsKey> few(List<JwsKey> fitting) {
        return fitting.size() <= MOST_TRIED ? fitting : List.of();
    }

    private static List<JwsKey> fitting(List<JwsKey> candidates, JwsAlgorithm algorithm) {
        if (candidates.size() == 1) {
            return candidates.getFirst().fits(algorithm) ? candidates : List.of();
        }
        return candidates.stream().filter(key -> key.fits(algorithm)).toList();
    }
}
