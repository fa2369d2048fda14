package io.triport.manager.transfer;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.domain.time.Randomness;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;

/** Tells, while a file is read, which items a later one of the same name replaces. Not safe for many threads. */
public final class Repeats {
    /*
     * Memory
     *
     * Names are held as 64 bits of a keyed hash with the place of the last item, 12 bytes each and at most as much again free.
     * Two names of a file of a million items are taken for one once in 37 million such files; nobody who writes a file can
     * bring it about, since the key of the hash is drawn for each.
     */
    static final int MOST_ITEMS = 5_000_000;

    private static final int SALT_BYTES = 16;
    private static final int FIRST_SLOTS = 1 << 12;
    private static final int NONE = -1;

    private final MessageDigest digest = Sha256.begun();
    private final Bytes salt;
    private final BitSet replaced = new BitSet();
    private long[] hashes = new long[FIRST_SLOTS];
    private int[] places = places(FIRST_SLOTS);
    private int size;

    /** @param salt drawn by chance */
    Repeats(Bytes salt) {
        this.salt = salt;
    }

    public static Repeats of(Randomness randomness) {
        return new Repeats(Bytes.copyOf(randomness.bytes(SALT_BYTES)));
    }

    /** Takes the next item. @return whether the name was there before */
    public boolean seen(KvKey key, int place) {
        var hash = hash(key);
        var slot = slot(hashes, places, hash);
        var before = places[slot] != NONE;
        if (!before) {
            hashes[slot] = hash;
            size++;
        } else {
            replaced.set(places[slot]);
        }
        places[slot] = place;
        if (size > hashes.length / 2) {
            grow();
        }
        return before;
    }

    /** A bit for each item that is replaced. */
    Bytes replaced() {
        return Bytes.copyOf(replaced.toByteArray());
    }

    /** How many are replaced. */
    public int count() {
        return replaced.cardinality();
    }

    private void grow() {
        var more = new long[hashes.length * 2];
        var theirs = places(more.length);
        for (var old = 0; old < hashes.length; old++) {
            if (places[old] != NONE) {
                var slot = slot(more, theirs, hashes[old]);
                more[slot] = hashes[old];
                theirs[slot] = places[old];
            }
        }
        hashes = more;
        places = theirs;
    }

    private static int slot(long[] hashes, int[] places, long hash) {
        var slot = (int) hash & (hashes.length - 1);
        while (places[slot] != NONE && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private long hash(KvKey key) {
        digest.update(salt.toByteBuffer());
        digest.update(key.bytes().toByteBuffer());
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static int[] places(int count) {
        var places = new int[count];
        Arrays.fill(places, NONE);
        return places;
    }
}
