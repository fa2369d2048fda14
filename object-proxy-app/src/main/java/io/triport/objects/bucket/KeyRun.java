package io.triport.objects.bucket;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Keys that lie together: one alone, or all that begin with the same bytes. */
record KeyRun(Bytes begin, Extent extent) {
    enum Extent {
        ONE,
        ALL
    }

    /** What of a prefix lies under allowed ones, in the order of the keys, none within another. */
    static List<KeyRun> of(Set<KeyPrefix> allowed, Bytes prefix) {
        var runs = new ArrayList<KeyRun>();
        for (var each : allowed) {
            var bytes = each.bytes();
            var open = bytes.isEmpty() || bytes.at(bytes.size() - 1) == '/';
            if (!open && bytes.startsWith(prefix)) {
                runs.add(new KeyRun(bytes, Extent.ONE));
            }
            var below = open ? bytes : bytes.concat(Bytes.utf8("/"));
            if (below.startsWith(prefix)) {
                runs.add(new KeyRun(below, Extent.ALL));
            } else if (prefix.startsWith(below)) {
                runs.add(new KeyRun(prefix, Extent.ALL));
            }
        }
        runs.sort(Comparator.comparing(KeyRun::begin));
        return runs;
    }

    boolean takes(Bytes key) {
        return extent == Extent.ALL || key.equals(begin);
    }
}
