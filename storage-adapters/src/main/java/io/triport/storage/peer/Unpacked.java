package io.triport.storage.peer;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** Takes values off that {@link Packed} has put behind each other. Whatever is missing is an {@link InvalidInput}. */
final class Unpacked {
    private final Bytes all;
    private int place;

    Unpacked(Bytes all) {
        this.all = all;
    }

    long number() {
        return take(Long.BYTES).toByteBuffer().getLong();
    }

    /** @throws InvalidInput above the most */
    int count(int most) {
        var number = number();
        if (number < 0 || number > most) {
            throw malformed();
        }
        return (int) number;
    }

    String text() {
        return bytes().toUtf8();
    }

    Bytes bytes() {
        return take(take(Integer.BYTES).toByteBuffer().getInt());
    }

    /** Bytes behind which there is nothing. */
    Bytes last() {
        var last = bytes();
        end();
        return last;
    }

    void end() {
        if (place != all.size()) {
            throw malformed();
        }
    }

    private Bytes take(int size) {
        if (size < 0 || size > all.size() - place) {
            throw malformed();
        }
        place += size;
        return all.slice(place - size, place);
    }

    private static InvalidInput malformed() {
        return new InvalidInput("frame", "what another node of this version sends");
    }
}
