package io.triport.identity.signer;

import io.triport.domain.request.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which key signs when, and which keys are published when.
 *
 * @param turns one or more, the first use of each later than that of the one before; the first key is in use since ever
 * @param beside keys that are published as well, and sign nothing
 * @param longestLife of a token that we sign
 */
public record KeySchedule(List<Turn> turns, List<SignerKey> beside, Duration longestLife) {
    /** Before its first use a key is published for this time, and after the end of its last token once more. */
    public static final Duration NOTICE = Duration.ofHours(24);

    /** @param useFrom when it starts to sign; the one before stops then */
    public record Turn(SignerKey key, Instant useFrom) {}

    public KeySchedule(List<Turn> turns, Duration longestLife) {
        this(turns, List.of(), longestLife);
    }

    public KeySchedule {
        turns = List.copyOf(turns);
        beside = List.copyOf(beside);
        var ids = new HashSet<String>();
        for (var key : beside) {
            if (!ids.add(key.id())) {
                throw new InvalidInput("keys", "each key once");
            }
        }
        for (var i = 0; i < turns.size(); i++) {
            if (!ids.add(turns.get(i).key().id())) {
                throw new InvalidInput("keys", "each key once");
            }
            if (i > 0 && !turns.get(i).useFrom().isAfter(turns.get(i - 1).useFrom())) {
                throw new InvalidInput("keys", "each in use later than the one before");
            }
        }
        if (turns.isEmpty()) {
            throw new InvalidInput("keys", "1 or more");
        }
        if (longestLife.isNegative() || longestLife.compareTo(NOTICE) > 0) {
            throw new InvalidInput("longest life", "at most 24h");
        }
    }

    /** One key for ever. */
    public static KeySchedule of(SignerKey key, Duration longestLife) {
        return new KeySchedule(List.of(new Turn(key, Instant.MIN)), longestLife);
    }

    /** The first key for ever, and the others published beside it. @param keys one or more */
    public static KeySchedule firstSigns(List<SignerKey> keys, Duration longestLife) {
        if (keys.isEmpty()) {
            throw new InvalidInput("keys", "1 or more");
        }
        return new KeySchedule(
                List.of(new Turn(keys.getFirst(), Instant.MIN)), keys.subList(1, keys.size()), longestLife);
    }

    /** The key that signs at a moment. */
    public SignerKey signing(Instant now) {
        var key = turns.getFirst().key();
        for (var turn : turns) {
            if (!turn.useFrom().isAfter(now)) {
                key = turn.key();
            }
        }
        return key;
    }

    /** The keys that others must know at a moment, in the order of their use. */
    public List<SignerKey> published(Instant now) {
        return Stream.concat(
                        turns.stream()
                                .filter(turn -> now.isBefore(end(turn)) && !now.isBefore(announced(turn)))
                                .map(Turn::key),
                        beside.stream())
                .toList();
    }

    /**
     * Whether this schedule can take the place of another one now: every key that the other one did not have is used a notice
     * later at the earliest, so that nobody sees a token before they could see its key.
     */
    public boolean follows(KeySchedule before, Instant now) {
        var known = Stream.concat(before.turns().stream().map(Turn::key), before.beside().stream())
                .map(SignerKey::id)
                .toList();
        return turns.stream()
                .filter(turn -> !known.contains(turn.key().id()))
                .allMatch(turn -> !turn.useFrom().isBefore(now.plus(NOTICE)));
    }

    private Instant announced(Turn turn) {
        return turn.equals(turns.getFirst()) ? Instant.MIN : turn.useFrom().minus(NOTICE);
    }

    private Instant end(Turn turn) {
        var next = turns.indexOf(turn) + 1;
        return next == turns.size()
                ? Instant.MAX
                : turns.get(next).useFrom().plus(longestLife).plus(NOTICE);
    }
}
