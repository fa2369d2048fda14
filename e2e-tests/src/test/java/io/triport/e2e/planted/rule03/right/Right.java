package io.triport.e2e.planted.rule03.right;

import io.triport.e2e.planted.rule03.left.Left;

/** Planted: the other half. */
public interface Right {
    Left left();
}
