#!/bin/sh
# Services start when the customisation says so, not while their packages are installed.
exit 101
