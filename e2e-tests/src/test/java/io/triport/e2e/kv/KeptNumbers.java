package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers that were sent to be kept, by what was told of each. Safe for many threads. */
final class KeptNumbers {
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Integer> unknown = ConcurrentHashMap.newKeySet();

    void add(int number, ClusterAnswer answer) {
        switch (answer.told()) {
            case DONE -> acknowledged.add(number);
            case REFUSED -> {}
            case UNKNOWN -> unknown.add(number);
        }
    }

    int count() {
        return acknowledged.size();
    }

    /** That nothing of these is lost, made up, there twice, or there although it was refused. */
    void assertExplain(List<Integer> found) {
        assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(found).allMatch(number -> acknowledged.contains(number) || unknown.contains(number), "may be there");
    }
}
