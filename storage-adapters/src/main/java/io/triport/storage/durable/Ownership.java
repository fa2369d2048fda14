package io.triport.storage.durable;

import io.triport.domain.durable.SocketClose;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import org.jspecify.annotations.Nullable;

/** The right of a live object to be written, as far as it has it. For whoever holds the object. */
final class Ownership {
    private final Address address;
    private final Turns turns;
    private final Room room;
    private volatile @Nullable Tenure tenure;

    Ownership(Address address, Turns turns, Room room) {
        this.address = address;
        this.turns = turns;
        this.room = room;
    }

    /** Makes sure that there is one. @return whether it is the one that was there before */
    boolean claim() {
        var same = !lost();
        if (tenure == null) {
            tenure = turns.claim(address);
            return false;
        }
        return same;
    }

    /** Whether there was one that does not last any more. It is gone then, and the sockets with it. */
    boolean lost() {
        var held = tenure;
        if (held == null || turns.store().lasts(held)) {
            return false;
        }
        lose();
        return true;
    }

    /** @throws StorageFailure.Unavailable FENCED where there is none */
    Tenure tenure() {
        var held = tenure;
        if (held == null) {
            throw fenced();
        }
        return held;
    }

    void commit(StateChanges changes) {
        try {
            turns.store().commit(tenure(), changes);
        } catch (StorageFailure e) {
            lose();
            throw e;
        }
    }

    /** Gives the object back where the store wants so. @return whether it stays */
    boolean rests() {
        var held = tenure;
        if (held == null || turns.store().rests(held)) {
            return true;
        }
        tenure = null;
        return false;
    }

    void ends() {
        var last = tenure;
        if (last != null) {
            tenure = null;
            turns.store().ends(last);
        }
    }

    static StorageFailure fenced() {
        return new StorageFailure.Unavailable(FailureCode.FENCED, "object: another owner, or a new instance");
    }

    private void lose() {
        tenure = null;
        room.end(SocketClose.RESTART);
    }
}
