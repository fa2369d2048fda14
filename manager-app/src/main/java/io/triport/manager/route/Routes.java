package io.triport.manager.route;

import java.util.List;

/** The routes of one subject. Whatever bean is one has its routes served. */
public interface Routes {
    List<Route> routes();
}
