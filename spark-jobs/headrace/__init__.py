"""Streaming queries of Headrace, run and supervised inside a Spark session.

The modules need nothing but the standard library and pyspark, so that the folder can be put on the
import path of any session, or sent to one as a zip archive.
"""
