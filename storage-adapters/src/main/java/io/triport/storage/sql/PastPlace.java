package io.triport.storage.sql;

import java.util.List;

/**
 * Where a file of the log of earlier states is among the others, on the disk or in a bucket.
 *
 * @param place of it @param start the place of the file from which on no change is missing @param before the state that its first change
 *     was made to
 */
record PastPlace(int place, int start, long before) {
    /** How many of these files, in their order, have nothing of what is behind a copy. @param start the place that it belongs to */
    static int before(List<PastPlace> files, int start, long number) {
        var count = 0;
        while (count + 1 < files.size()) {
            var next = files.get(count + 1);
            var behind = next.start > start || next.start == start && next.before >= number;
            // The file that a copy begins with has the state of the copy before its first change.
            if (behind && files.get(count).place >= start) {
                break;
            }
            count++;
        }
        return count;
    }
}
