package io.triport.e2e.planted.rule03.left;

import io.triport.e2e.planted.rule03.right.Right;

/** Planted: half of a circle of packages. */
public interface Left {
    Right right();
}
