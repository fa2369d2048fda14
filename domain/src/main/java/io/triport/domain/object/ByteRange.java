package io.triport.domain.object;

import io.triport.domain.request.InvalidInput;

/** A part of an object as a caller asks for it; what it comes to is known with the object's length. */
public sealed interface ByteRange {
    /** @param first offset, 0 or more @param last inclusive; beyond the end means the end */
    record Between(long first, long last) implements ByteRange {
        public Between {
            if (first < 0 || last < first) {
                throw new InvalidInput("range", "0 <= first <= last");
            }
        }
    }

    record From(long first) implements ByteRange {
        public From {
            if (first < 0) {
                throw new InvalidInput("range", "first >= 0");
            }
        }
    }

    /** The last bytes; 0 of them can never be had. */
    record Last(long count) implements ByteRange {
        public Last {
            if (count < 0) {
                throw new InvalidInput("range", "count >= 0");
            }
        }
    }

    /** The bytes of one part of a multipart upload, 1..10000; an object put in one go is its own part 1. */
    record Part(int number) implements ByteRange {
        public Part {
            if (number < 1 || number > ObjectLimits.PARTS) {
                throw new InvalidInput("partNumber", "1..10000");
            }
        }
    }
}
