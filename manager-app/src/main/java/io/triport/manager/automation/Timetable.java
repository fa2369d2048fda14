package io.triport.manager.automation;

import io.triport.identity.launch.OnCron;
import java.util.List;

/** What falls due at times of the calendar, as people have set it. Safe for many threads. */
public final class Timetable {
    private volatile List<OnCron> present = List.of();

    public void set(List<OnCron> wanted) {
        present = List.copyOf(wanted);
    }

    public List<OnCron> present() {
        return present;
    }
}
