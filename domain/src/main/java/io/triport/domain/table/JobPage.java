package io.triport.domain.table;

import java.util.List;

/** A page of jobs. @param total rows of the whole result */
public record JobPage(List<Job> jobs, long total) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
